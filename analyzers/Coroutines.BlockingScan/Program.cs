using Coroutines.BlockingScan;

// Run by the package's build: dotnet Coroutines.BlockingScan.dll <list of assemblies> <output> <folder of what is known>
if (args is not [var list, var output, var cache])
{
    Console.Error.WriteLine("usage: Coroutines.BlockingScan <list of assemblies> <output> <cache folder>");
    return 2;
}

ReferenceScan.Write([.. File.ReadLines(list).Where(line => line.Length > 0)], output, cache);
return 0;
